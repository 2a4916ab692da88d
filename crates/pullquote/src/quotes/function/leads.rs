//! The words beside a region that tell what it is for.
//!
//! In: one word. Out: whether it is of a kind. Small lists, looked up a few times for each region;
//! they are leads for quotation marks only and no lexicon of verbs of saying.

/// Stems of words of saying, in order; none begins another.
const SAYING: [&str; 90] = [
    "accus",
    "acknowledg",
    "add",
    "announc",
    "answer",
    "argu",
    "ask",
    "assert",
    "blast",
    "boast",
    "brand",
    "call",
    "caution",
    "chant",
    "characteriz",
    "charg",
    "cit",
    "claim",
    "comment",
    "compar",
    "complain",
    "conced",
    "conclud",
    "condemn",
    "contend",
    "cried",
    "cries",
    "criticis",
    "criticiz",
    "cry",
    "declar",
    "decri",
    "deem",
    "denounc",
    "derid",
    "describ",
    "dismiss",
    "emphasiz",
    "explain",
    "express",
    "hail",
    "insist",
    "interview",
    "jok",
    "label",
    "lament",
    "lash",
    "liken",
    "mock",
    "mus",
    "noted",
    "notes",
    "noting",
    "observ",
    "pledg",
    "prais",
    "predict",
    "proclaim",
    "promis",
    "quip",
    "quot",
    "recall",
    "refer",
    "reject",
    "remark",
    "repeat",
    "repli",
    "respond",
    "rip",
    "said",
    "say",
    "scoff",
    "shout",
    "slam",
    "speech",
    "stated",
    "statement",
    "stress",
    "suggest",
    "tell",
    "testifi",
    "told",
    "tout",
    "tweet",
    "urg",
    "vow",
    "warn",
    "whisper",
    "writ",
    "wrote",
];

/// What may follow a stem.
const ENDINGS: [&str; 16] = [
    "", "d", "e", "ed", "er", "es", "ing", "led", "ling", "med", "ming", "ped", "ping", "red", "s",
    "ten",
];

/// Whether a word names or reports an act of saying.
pub(super) fn is_saying(word: &str) -> bool {
    let mut small = [0; 16];
    let Some(small) = small.get_mut(..word.len()) else { return false };
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    // As no stem begins another, the last stem not after the word is the only one it can have.
    let after = SAYING.partition_point(|stem| stem.as_bytes() <= &*small);
    let stem = after.checked_sub(1).and_then(|at| SAYING.get(at));
    stem.and_then(|stem| small.strip_prefix(stem.as_bytes()))
        .is_some_and(|ending| ENDINGS.iter().any(|known| known.as_bytes() == ending))
}

/// Evidence for speech, in tenths of log-odds, from the word just before the opening mark.
pub(super) fn weight_of_neighbour(word: &str) -> i32 {
    match word {
        "it" | "him" | "her" | "them" | "is" | "was" | "were" | "are" | "be" | "being" | "been" => {
            10
        }
        "as" => 7,
        "to" | "would" | "will" | "should" | "could" | "can" | "not" | "that" => 5,
        "the" | "a" | "an" | "this" => 4,
        "and" | "or" => -2,
        "of" | "in" | "on" | "for" | "with" | "by" | "from" | "at" => -6,
        _ => 0,
    }
}

/// Words that are seldom quoted but as somebody's own.
pub(super) const SPOKEN: [&str; 30] = [
    "i", "we", "you", "me", "us", "my", "our", "your", "i'm", "i’m", "we're", "we’re", "it's",
    "it’s", "don't", "don’t", "is", "are", "was", "were", "will", "would", "can", "can't", "can’t",
    "should", "has", "have", "not", "that's",
];

/// Words that stay small in a title and name nothing.
pub(super) const SMALL: [&str; 62] = [
    "a", "about", "after", "an", "and", "are", "as", "at", "be", "because", "been", "before",
    "but", "by", "can", "during", "for", "from", "had", "has", "have", "he", "her", "his", "how",
    "if", "in", "into", "is", "it", "its", "my", "not", "of", "on", "or", "over", "she", "so",
    "than", "that", "the", "their", "they", "this", "to", "under", "was", "we", "were", "what",
    "when", "where", "which", "while", "who", "will", "with", "without", "would", "you", "your",
];

/// Works and those who make them.
pub(super) const WORKS: [&str; 62] = [
    "ad",
    "aired",
    "album",
    "anthem",
    "article",
    "author",
    "ballad",
    "bestseller",
    "biography",
    "blockbuster",
    "book",
    "broadcast",
    "cartoon",
    "column",
    "comedy",
    "documentary",
    "drama",
    "entitled",
    "episode",
    "essay",
    "exhibition",
    "fans",
    "fantasy",
    "film",
    "headline",
    "headlined",
    "hit",
    "host",
    "magazine",
    "memoir",
    "movie",
    "musical",
    "newsletter",
    "novel",
    "novels",
    "opera",
    "painting",
    "play",
    "podcast",
    "poem",
    "program",
    "programme",
    "report",
    "sequel",
    "series",
    "show",
    "single",
    "sitcom",
    "sketch",
    "song",
    "songs",
    "soundtrack",
    "star",
    "starred",
    "starring",
    "story",
    "symphony",
    "thriller",
    "titled",
    "track",
    "trilogy",
    "video",
];

/// What one does with a work.
pub(super) const MAKING: [&str; 22] = [
    "sang",
    "sing",
    "sings",
    "singing",
    "sung",
    "hummed",
    "played",
    "watch",
    "watched",
    "watching",
    "read",
    "reading",
    "reread",
    "published",
    "directed",
    "wrote",
    "recorded",
    "performed",
    "staged",
    "painted",
    "composed",
    "downloaded",
];

/// Things with names painted on.
pub(super) const SHIPS: [&str; 20] = [
    "ship",
    "boat",
    "trawler",
    "ferry",
    "yacht",
    "vessel",
    "tanker",
    "freighter",
    "frigate",
    "destroyer",
    "submarine",
    "schooner",
    "tug",
    "liner",
    "steamer",
    "barge",
    "lifeboat",
    "sloop",
    "locomotive",
    "spacecraft",
];

/// What bears a code name.
pub(super) const CODE_NAMES: [&str; 7] =
    ["operation", "project", "codenamed", "code-named", "plan", "exercise", "mission"];

/// What bears writing in public.
pub(super) const SIGNS: [&str; 36] = [
    "banner",
    "banners",
    "sign",
    "signs",
    "placard",
    "placards",
    "poster",
    "posters",
    "shirt",
    "shirts",
    "t-shirt",
    "t-shirts",
    "hat",
    "hats",
    "cap",
    "caps",
    "button",
    "buttons",
    "sticker",
    "stickers",
    "badge",
    "badges",
    "plaque",
    "billboard",
    "billboards",
    "notice",
    "notices",
    "card",
    "board",
    "flag",
    "flags",
    "wall",
    "door",
    "graffiti",
    "tombstone",
    "inscription",
];

/// How it bears it.
pub(super) const READING: [&str; 18] = [
    "read",
    "reads",
    "reading",
    "said",
    "says",
    "saying",
    "proclaiming",
    "proclaimed",
    "declaring",
    "demanding",
    "emblazoned",
    "inscribed",
    "marked",
    "stating",
    "with",
    "words",
    "bearing",
    "painted",
];

/// Words to live by.
pub(super) const MOTTOS: [&str; 6] =
    ["motto", "slogan", "slogans", "mottos", "tagline", "graffiti"];

/// What says that a name is about to be given.
pub(super) const DUBBED: [&str; 7] =
    ["dubbed", "nicknamed", "alias", "aka", "nickname", "moniker", "christened"];

/// What says that a word is meant as a word.
pub(super) const WORDS: [&str; 10] = [
    "so-called",
    "word",
    "words",
    "term",
    "terms",
    "phrase",
    "expression",
    "euphemism",
    "prefix",
    "suffix",
];

/// The same before a capital; before a small word it reports what somebody said.
pub(super) const CALLED: [&str; 4] = ["called", "termed", "named", "labeled"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_in_order_and_none_begins_another() {
        assert!(SAYING.windows(2).all(|pair| pair[0] < pair[1] && !pair[1].starts_with(pair[0])));
    }

    #[test]
    fn a_word_is_known_by_its_stem_and_ending() {
        for word in ["said", "Says", "called", "slammed", "quipped", "labelled", "writes", "urged"]
        {
            assert!(is_saying(word), "{word}");
        }
        for word in ["", "sailor", "city", "addition", "states", "not", "unsaid", "österreichisch"]
        {
            assert!(!is_saying(word), "{word}");
        }
    }
}
