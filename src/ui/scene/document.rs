//! What a scene is too small to hold: drawings, edits, painted pixels, pasted pictures. A document never
//! changes and is named by its content, so that a scene that names it is restored whole by undo.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::edits::Edits;
use super::hand::HandDigits;
use super::pasted::Pasted;
use super::trained::Trained;
use crate::data::Drawing;

/// The beginning of the SHA-256 of a document's JSON, in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocId(String);

/// How many bytes of the hash name a document.
const HASH_BYTES: usize = 12;

impl std::fmt::Display for DocId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Document {
    Drawing(Drawing),
    /// Pixels of the network's input that were painted, by their place in `[c, h, w]`.
    Paint(BTreeMap<u32, f32>),
    Edits(Edits),
    Picture(Pasted),
    Trained(Trained),
    /// Digits of one person's hand, with what they are.
    Hand(HandDigits),
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Drawing,
    Paint,
    Edits,
    Picture,
    Trained,
    Hand,
}

impl Document {
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Drawing(_) => Kind::Drawing,
            Self::Paint(_) => Kind::Paint,
            Self::Edits(_) => Kind::Edits,
            Self::Picture(_) => Kind::Picture,
            Self::Trained(_) => Kind::Trained,
            Self::Hand(_) => Kind::Hand,
        }
    }

    /// The name of this content.
    #[must_use]
    pub fn id(&self) -> DocId {
        let json = serde_json::to_vec(self).unwrap_or_default();
        let hash = Sha256::digest(&json);
        let digits = hash.iter().take(HASH_BYTES).flat_map(|byte| [byte >> 4, byte & 15]);
        DocId(digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect())
    }
}

/// Documents by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Documents(BTreeMap<DocId, Arc<Document>>);

impl Documents {
    /// Keeps a document and tells its name.
    pub fn keep(&mut self, document: Document) -> DocId {
        let id = document.id();
        self.0.entry(id.clone()).or_insert_with(|| Arc::new(document));
        id
    }

    #[must_use]
    pub fn get(&self, id: &DocId) -> Option<&Document> {
        self.0.get(id).map(|document| &**document)
    }

    #[must_use]
    pub fn drawing(&self, id: &DocId) -> Option<&Drawing> {
        match self.get(id)? {
            Document::Drawing(drawing) => Some(drawing),
            Document::Paint(_)
            | Document::Edits(_)
            | Document::Picture(_)
            | Document::Trained(_)
            | Document::Hand(_) => None,
        }
    }

    #[must_use]
    pub fn edits(&self, id: &DocId) -> Option<&Edits> {
        match self.get(id)? {
            Document::Edits(edits) => Some(edits),
            Document::Paint(_)
            | Document::Drawing(_)
            | Document::Picture(_)
            | Document::Trained(_)
            | Document::Hand(_) => None,
        }
    }

    #[must_use]
    pub fn paint(&self, id: &DocId) -> Option<&BTreeMap<u32, f32>> {
        match self.get(id)? {
            Document::Paint(pixels) => Some(pixels),
            Document::Edits(_)
            | Document::Drawing(_)
            | Document::Picture(_)
            | Document::Trained(_)
            | Document::Hand(_) => None,
        }
    }

    #[must_use]
    pub fn picture(&self, id: &DocId) -> Option<&Pasted> {
        match self.get(id)? {
            Document::Picture(picture) => Some(picture),
            Document::Edits(_)
            | Document::Drawing(_)
            | Document::Paint(_)
            | Document::Trained(_)
            | Document::Hand(_) => None,
        }
    }

    #[must_use]
    pub fn trained(&self, id: &DocId) -> Option<&Trained> {
        match self.get(id)? {
            Document::Trained(trained) => Some(trained),
            Document::Edits(_)
            | Document::Drawing(_)
            | Document::Paint(_)
            | Document::Picture(_)
            | Document::Hand(_) => None,
        }
    }

    #[must_use]
    pub fn hand(&self, id: &DocId) -> Option<&HandDigits> {
        match self.get(id)? {
            Document::Hand(digits) => Some(digits),
            Document::Drawing(_)
            | Document::Edits(_)
            | Document::Paint(_)
            | Document::Picture(_)
            | Document::Trained(_) => None,
        }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes over the documents of a file.
    pub fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Forgets what nobody names any more.
    pub fn retain(&mut self, named: &BTreeSet<DocId>) {
        self.0.retain(|id, _| named.contains(id));
    }

    /// Those of them that are named.
    #[must_use]
    pub fn only(&self, named: &BTreeSet<DocId>) -> Self {
        let mut some = self.clone();
        some.retain(named);
        some
    }

    /// The first document whose content is not what its name says.
    #[must_use]
    pub fn first_false(&self) -> Option<&DocId> {
        self.0.iter().find(|(id, document)| document.id() != **id).map(|(id, _)| id)
    }

    /// All of them with their names.
    pub fn iter(&self) -> impl Iterator<Item = (&DocId, &Document)> {
        self.0.iter().map(|(id, document)| (id, &**document))
    }
}
