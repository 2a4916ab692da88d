//! What the language data says about words.
