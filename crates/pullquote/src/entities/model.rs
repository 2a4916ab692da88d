//! Which model finds the names: the one inside the binary, or one of the caller's own.
//!
//! In: nothing, or the bytes of a model made by `pullquote-train train entities`. Out: the
//! [`Tagger`] that [`names`](super::names) runs.
//!
//! Invariant: bytes are checked once, when they are handed over; what was accepted never fails
//! later. Cost: one pass over bytes of the caller's own; they are shared, so that a clone copies
//! nothing. The model inside the binary is not even read until it is used. It does not attempt the
//! models of the later stages: they are trained on what the built-in model finds.

use super::features::FEATURES;
use super::names;
use crate::model::{ModelError, Tagger};
use std::fmt;
use std::sync::Arc;

/// A model of names.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) enum NameModel {
    /// The one inside the binary.
    #[default]
    Embedded,
    /// Checked bytes of the caller's own.
    Own(Arc<[u8]>),
}

impl NameModel {
    /// A model of the caller's own. Linear in the bytes.
    ///
    /// # Errors
    /// When the bytes are not a whole model for this version's features.
    pub(crate) fn own(bytes: Arc<[u8]>) -> Result<Self, ModelError> {
        let tagger = Tagger::read(&bytes, FEATURES)?;
        // The model of the quotes numbers its own features, perhaps alike; it gives no odds.
        if tagger.halving == 0 {
            return Err(ModelError::Features);
        }
        Ok(Self::Own(bytes))
    }

    /// The model ready to run; `None` only when the build carries a model of another version, which
    /// the tests rule out. Constant time.
    pub(crate) fn tagger(&self) -> Option<Tagger<'_>> {
        match self {
            Self::Embedded => names::embedded(),
            Self::Own(bytes) => Tagger::trust(bytes, FEATURES).ok(),
        }
    }
}

/// Says how large a model is, not what is in it.
impl fmt::Debug for NameModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Embedded => f.write_str("Embedded"),
            Self::Own(bytes) => write!(f, "Own({} bytes)", bytes.len()),
        }
    }
}
