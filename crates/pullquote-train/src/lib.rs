//! Builds and checks the data that pullquote ships.
