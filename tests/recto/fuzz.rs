//! the fuzz targets' entry points, by proptest, always run
