//! keys in, screen out, text and styles, odd sizes
