//! Sorts of bodies: whether a name can be that of "the union" or "the newspaper".
//!
//! In: a noun for a body, or a name. Out: its [`Sorts`], which tell whether the name's words say that
//! it is of the noun's sort, or of another; nothing where they say neither. Cost: a look at a short
//! table for each word.

use crate::tokens::{TokenId, TokenRange};
use crate::words::{Reading, forms};

/// A sort of bodies: the nouns for it and the words that its names hold.
struct Sort {
    nouns: &'static [u64],
    names: &'static [u64],
}

const SORTS: &[Sort] = &[
    Sort {
        nouns: forms!["union", "unions"],
        names: forms![
            "union",
            "association",
            "workers",
            "brotherhood",
            "guild",
            "teamsters",
            "federation",
            "congress",
            "unite",
            "afl-cio",
            "attendants",
            "nurses",
            "teachers",
        ],
    },
    Sort {
        nouns: forms![
            "company",
            "firm",
            "bank",
            "maker",
            "carrier",
            "airline",
            "retailer",
            "lender",
            "manufacturer",
            "brand",
            "automaker",
            "carmaker",
            "startup",
            "supplier",
            "operator",
            "developer",
            "insurer",
            "giant",
            "utility",
            "chain",
            "brokerage",
        ],
        names: forms![
            "inc",
            "corp",
            "co",
            "company",
            "ltd",
            "plc",
            "llc",
            "ag",
            "gmbh",
            "bank",
            "bancorp",
            "airlines",
            "airways",
            "motors",
            "holdings",
            "technologies",
            "energy",
            "oil",
            "gas",
            "steel",
            "mining",
            "pharmaceuticals",
            "insurance",
            "stores",
            "electric",
            "systems",
            "software",
            "foods",
            "railways",
            "lines",
            "fargo",
            "sachs",
            "capital",
            "partners",
            "industries",
            "logistics",
            "mills",
            "breweries",
            "coal",
        ],
    },
    Sort {
        nouns: forms![
            "newspaper",
            "paper",
            "daily",
            "magazine",
            "journal",
            "tabloid",
            "weekly",
            "publication",
        ],
        names: forms![
            "times",
            "post",
            "journal",
            "herald",
            "tribune",
            "globe",
            "telegraph",
            "guardian",
            "gazette",
            "magazine",
            "observer",
            "chronicle",
            "mail",
            "mirror",
            "sun",
            "courier",
            "dispatch",
            "enquirer",
            "inquirer",
            "weekly",
            "daily",
            "newspaper",
            "monitor",
            "review",
            "sentinel",
            "register",
            "examiner",
            "press",
            "independent",
        ],
    },
    Sort {
        nouns: forms!["network", "channel", "station", "broadcaster", "outlet"],
        names: forms![
            "tv",
            "television",
            "radio",
            "broadcasting",
            "cnn",
            "nbc",
            "abc",
            "cbs",
            "msnbc",
            "bbc",
            "fox",
            "pbs",
            "npr",
            "itv",
            "sky",
            "channel",
            "network",
            "news",
            "rt",
            "telemundo",
            "univision",
            "bloomberg",
            "espn",
            "c-span",
        ],
    },
    Sort {
        nouns: forms!["website", "site", "blog"],
        names: forms![
            "politifact",
            "buzzfeed",
            "breitbart",
            "wikileaks",
            "gawker",
            "politico",
            "vox",
            "slate",
            "salon",
            "site",
            "website",
            "drudge",
            "infowars",
        ],
    },
    Sort { nouns: forms!["court", "tribunal"], names: forms!["court", "circuit", "tribunal"] },
    Sort {
        nouns: forms!["committee", "panel"],
        names: forms!["committee", "panel", "subcommittee"],
    },
    Sort {
        nouns: forms!["agency", "regulator", "watchdog", "bureau", "office", "service"],
        names: forms![
            "agency",
            "bureau",
            "administration",
            "service",
            "services",
            "commission",
            "office",
            "authority",
            "fbi",
            "cia",
            "nsa",
            "epa",
            "irs",
            "fema",
            "dea",
            "nasa",
            "fda",
            "sec",
            "faa",
            "investigations",
            "enforcement",
            "regulator",
            "board",
            "department",
            "institute",
        ],
    },
    Sort {
        nouns: forms!["department", "ministry"],
        names: forms!["department", "ministry", "office"],
    },
    Sort { nouns: forms!["commission"], names: forms!["commission"] },
    Sort { nouns: forms!["council"], names: forms!["council"] },
    Sort {
        nouns: forms!["party"],
        names: forms!["party", "democrats", "republicans", "conservatives", "labour", "greens"],
    },
    Sort {
        nouns: forms!["university", "school", "college"],
        names: forms!["university", "school", "college", "academy", "institute"],
    },
    Sort {
        nouns: forms!["charity", "foundation", "nonprofit", "fund", "trust"],
        names: forms![
            "foundation",
            "fund",
            "trust",
            "charity",
            "society",
            "relief",
            "mission",
            "aid",
            "cross",
        ],
    },
    Sort {
        nouns: forms!["hospital", "clinic"],
        names: forms!["hospital", "clinic", "infirmary", "medical"],
    },
    Sort {
        nouns: forms!["club", "team", "side"],
        names: forms!["united", "fc", "rovers", "club", "town", "athletic", "wanderers"],
    },
    Sort { nouns: forms!["church", "diocese"], names: forms!["church", "diocese", "archdiocese"] },
];

/// Sorts, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sorts(u32);

/// The sort that a noun names; none when it names none.
pub(super) fn of_noun(reading: Reading<'_>, noun: TokenId) -> Sorts {
    let own = SORTS.iter().position(|sort| reading.is_form(noun, sort.nouns));
    Sorts(own.map_or(0, |at| 1 << at))
}

/// The sorts that a name's words tell.
pub(super) fn of_name(reading: Reading<'_>, name: TokenRange) -> Sorts {
    let holds = |sort: &Sort| name.ids().any(|id| reading.is_form(id, sort.names));
    let bits = SORTS.iter().enumerate().filter(|(_, sort)| holds(sort));
    Sorts(bits.map(|(at, _)| 1 << at).sum())
}

impl Sorts {
    /// Whether there is none.
    pub(super) fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether a name of these sorts is of the noun's: `None` when one of them tells no sort.
    pub(super) fn fit(self, noun: Self) -> Option<bool> {
        (self.0 != 0 && noun.0 != 0).then_some(self.0 & noun.0 != 0)
    }
}
