//! What a person asks for, and `decide`, which holds all the rules and changes nothing.
