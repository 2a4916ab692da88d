//! The antecedent ranker: how well an actor fits a mention without a name.
//!
//! In: the [`Features`] of a candidate. Out: a score; the best candidate wins, and no candidate wins
//! when the score of [`Feature::Nobody`] is higher. The weights are a readable table of the data
//! crate, one row a feature and one column a [`Kind`] of mention, trained by
//! `pullquote-train antecedents`.

/// The kinds of mentions without a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// he, she
    Pronoun,
    /// "the minister"
    Role,
    /// "the company", "it said"
    Body,
}

impl Kind {
    /// All kinds, in the order of the table's columns.
    pub const ALL: [Self; 3] = [Self::Pronoun, Self::Role, Self::Body];
}

/// Names the features and lists them in the order of the table's rows.
macro_rules! features {
    ($($(#[$meta:meta])* $name:ident $key:literal)*) => {
        /// What may speak for a candidate or against it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Feature {
            $($(#[$meta])* $name,)*
        }

        impl Feature {
            /// Their names in the table.
            pub const NAMES: &[&str] = &[$($key,)*];
        }
    };
}

features! {
    /// No candidate is meant.
    Nobody "nobody"
    /// No candidate is meant by a mention that speaks.
    NobodySpeaks "nobody, speaks"
    /// Last mentioned in the same sentence.
    SameSentence "same sentence"
    /// One sentence back.
    OneBack "one sentence back"
    /// Two sentences back.
    TwoBack "two sentences back"
    /// Three or four.
    FewBack "three or four sentences back"
    /// More.
    FarBack "more sentences back"
    /// Last mentioned in the same paragraph.
    SameBlock "same paragraph"
    /// Nobody else has been mentioned since.
    Latest "latest"
    /// One other has.
    SecondLatest "second latest"
    /// The last mention was a subject.
    Subject "subject"
    /// A subject one sentence back.
    SubjectOneBack "subject one sentence back"
    /// Both mentions are subjects.
    BothSubjects "both subjects"
    /// The last mention opened its sentence.
    Opened "opened its sentence"
    /// The last mention stood beside a verb of speech.
    Spoke "spoke"
    /// Both stand beside verbs of speech.
    BothSpeak "both speak"
    /// The last to speak.
    LastSpeaker "last speaker"
    /// The last to speak, and the mention speaks.
    LastSpeakerSpeaks "last speaker, speaks"
    /// The last mention was a possessive.
    Possessive "possessive"
    /// The last mention followed a preposition.
    Oblique "after a preposition"
    /// The last mention stood inside quotation marks.
    Quoted "quoted"
    /// Both stand inside quotation marks.
    BothQuoted "both quoted"
    /// The mention stands inside quotation marks, the last one outside.
    OutsideQuoted "outside the quotation"
    /// The mention stands inside the words of the last to speak.
    OwnWords "speaker of the quotation"
    /// The last mention was a pronoun.
    ByPronoun "by pronoun"
    /// A pronoun in the same sentence.
    ByPronounHere "by pronoun in the same sentence"
    /// The last mention was the full name.
    ByFullName "by full name"
    /// Name or title has the same gender.
    SameGender "gender known"
    /// A pronoun of the same gender was taken for it before.
    HeardSame "gender heard"
    /// Only pronouns of the other gender were.
    HeardOther "other gender heard"
    /// How often it was mentioned, in doublings.
    Frequency "frequency"
    /// The most frequent candidate.
    MostFrequent "most frequent"
    /// The first actor of the article.
    First "first of the article"
    /// It carries the role.
    SameRole "same role"
    /// Its name holds the noun.
    NameHoldsNoun "name holds the noun"
    /// A word before the noun belongs to its roles.
    SameModifier "same modifier"
    /// It carries a role, but not this one.
    OtherRole "other role"
    /// Others mentioned since, in doublings.
    Others "others since"
    /// Gender not known, one sentence back at most.
    UnknownNear "gender unknown, near"
    /// Gender not known, farther back.
    UnknownFar "gender unknown, far"
    /// The last mention is followed by a comma.
    Described "followed by a comma"
    /// The last mention is the first person of its sentence.
    Foremost "first in its sentence"
    /// The same, and the mention opens its sentence.
    ForemostOpens "first in its sentence, opens"
    /// The last mention opened its paragraph's first sentence.
    Topic "topic of its paragraph"
    /// Mentioned before its last mention, within two sentences of it.
    Repeated "repeated"
    /// Four words back at most.
    CloseBy "close by"
    /// Ten words back at most, in the same sentence.
    InClause "near in the same sentence"
    /// Both mentions follow prepositions.
    BothOblique "both after prepositions"
    /// Both mentions are possessives.
    BothPossessive "both possessive"
    /// An object pronoun, and the candidate the subject just before it.
    OwnObject "subject of the object's clause"
    /// Named later in the same sentence.
    NamedAfter "named after it"
    /// The same, from a clause that opens the sentence.
    NamedAfterOpening "named after an opening clause"
    /// The pronoun is a possessive and the candidate the subject of its sentence.
    OwnSubject "subject of the possessive's sentence"
    /// The name says that the body is of the noun's sort: "the union", "Workers' Association".
    SameSort "name of the noun's sort"
    /// The name says that it is of another.
    OtherSort "name of another sort"
    /// There is no other candidate.
    Only "only candidate"
}

/// How many features there are.
pub const FEATURES: usize = Feature::NAMES.len();

/// The features of one candidate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Features(pub [f32; FEATURES]);

impl Default for Features {
    fn default() -> Self {
        Self([0.0; FEATURES])
    }
}

impl Features {
    /// Sets a feature to one if it holds.
    pub(super) fn mark(&mut self, feature: Feature, holds: bool) {
        self.set(feature, f32::from(u8::from(holds)));
    }

    pub(super) fn set(&mut self, feature: Feature, value: f32) {
        if let Some(slot) = self.0.get_mut(feature as usize) {
            *slot = value;
        }
    }

    /// The weighted sum, as the embedded table has it.
    pub(super) fn score(&self, kind: Kind) -> f32 {
        let rows = pullquote_data::ANTECEDENTS.iter();
        self.0.iter().zip(rows).map(|(value, (_, weights))| value * weights[kind as usize]).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_row_for_each_feature() {
        let names: Vec<&str> = pullquote_data::ANTECEDENTS.iter().map(|row| row.0).collect();
        assert_eq!(names, Feature::NAMES);
    }
}
