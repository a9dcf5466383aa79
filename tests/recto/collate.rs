//! the two laws, rows and kinds by cases, gaps in any order
