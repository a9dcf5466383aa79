//! the sample documents do what their READMEs say
