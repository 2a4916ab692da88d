//! Actors: the people, organisations and places behind the names.
//!
//! A view is a pointer to its document and the actor's id. Two actors are equal when they are the
//! same actor of equal documents.

use crate::convert::{literal, tuple};
use crate::doc::Parsed;
use crate::quote::Quote;
use crate::span::Span;
use pullquote::actors::{ActorId, MentionForm};
use pullquote::index::Id;
use pullquote_formats::html;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use std::sync::Arc;

/// One person, organisation or place of the article.
#[pyclass(frozen, eq, hash, module = "pullquote")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Actor {
    parsed: Arc<Parsed>,
    id: ActorId,
}

impl Actor {
    /// The view of one actor.
    pub(crate) fn new(parsed: &Arc<Parsed>, id: ActorId) -> Self {
        Self { parsed: Arc::clone(parsed), id }
    }

    fn row(&self) -> &pullquote::actors::Actor {
        &self.parsed.document.actor_table()[self.id]
    }
}

#[pymethods]
impl Actor {
    /// Its number in `doc.actors`.
    #[getter]
    fn id(&self) -> usize {
        self.id.index()
    }

    /// The fullest form of the name that the article has, without titles.
    #[getter]
    fn name(&self) -> &str {
        self.parsed.document.name_of(self.id)
    }

    /// `PERSON`, `ORG`, `LOC` and so on, as the label of an entity.
    #[getter]
    fn kind(&self) -> &'static str {
        self.row().kind.as_str()
    }

    /// `feminine` or `masculine` where forename, title or pronoun tell, else None.
    #[getter]
    fn gender(&self) -> Option<&'static str> {
        self.row().gender.as_str()
    }

    /// Its titles and affiliations, in text order.
    #[getter]
    fn roles<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let roles = self.row().roles.iter().map(|role| {
            let of = role.of.map(|of| Span::new(&self.parsed, &of));
            let actor = role.of_actor.map(|id| (Arc::clone(&self.parsed), id));
            Bound::new(py, (Role { of, actor }, Span::new(&self.parsed, &role.title)))
        });
        tuple(py, roles)
    }

    /// Every place where the article refers to it, in text order.
    #[getter]
    fn mentions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let document = &self.parsed.document;
        let mentions = document.mentions_of(self.id).iter().map(|&id| {
            let mention = &document.mentions()[id];
            Bound::new(py, (Mention { form: mention.form }, Span::new(&self.parsed, mention)))
        });
        tuple(py, mentions)
    }

    /// The quotes it is a speaker of, in text order.
    #[getter]
    fn quotes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let ids = self.parsed.document.quotes_of(self.id).iter();
        PyTuple::new(py, ids.map(|&id| Quote::new(&self.parsed, id)))
    }

    /// Its name, roles and quotes, for notebooks.
    fn _repr_html_(&self) -> String {
        html::actor(&self.parsed.document, self.id)
    }

    fn __str__(&self) -> &str {
        self.name()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Actor({}, {}, '{}')", self.id(), literal(py, self.name())?, self.kind()))
    }
}

/// What an actor is or does: a title as the text has it, "foreign minister".
#[pyclass(frozen, extends = Span, module = "pullquote")]
pub(crate) struct Role {
    of: Option<Span>,
    actor: Option<(Arc<Parsed>, ActorId)>,
}

#[pymethods]
impl Role {
    /// The title as written.
    #[getter]
    fn title<'a>(slf: &'a Bound<'_, Self>) -> &'a str {
        slf.as_super().get().as_str()
    }

    /// Whose, "Ruritania" or "French", else None.
    #[getter]
    fn of(&self) -> Option<&str> {
        self.of.as_ref().map(Span::as_str)
    }

    /// The actor that `of` names, else None.
    #[getter]
    fn actor(&self) -> Option<Actor> {
        self.actor.as_ref().map(|(parsed, id)| Actor::new(parsed, *id))
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let py = slf.py();
        let of = slf.get().of().map(|of| literal(py, of)).transpose()?;
        let of = of.map(|of| format!("of={of}, ")).unwrap_or_default();
        slf.as_super().get().show(py, "Role", &of)
    }
}

/// One place where the article refers to an actor.
#[pyclass(frozen, extends = Span, module = "pullquote")]
pub(crate) struct Mention {
    form: MentionForm,
}

#[pymethods]
impl Mention {
    /// `name`, `role` or `pronoun`.
    #[getter]
    fn form(&self) -> &'static str {
        self.form.as_str()
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let form = format!("'{}', ", slf.get().form());
        slf.as_super().get().show(slf.py(), "Mention", &form)
    }
}
