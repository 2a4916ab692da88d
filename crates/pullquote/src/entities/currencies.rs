//! Currencies by sign, code and word.
//!
//! In: the words of an amount. Out: the ISO 4217 code, where the words settle it. "Dollars" alone
//! are United States dollars and "pounds" British ones, as the news writes; pesos, francs, dinars
//! and kroner without a country keep no code.
//!
//! Invariant: tables only, no state. Cost: one match on the word's letters. It does not look at
//! where an article comes from.

use super::{Code, Currency};

/// A currency's name, which a demonym may narrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Dollar,
    Pound,
    Franc,
    Peso,
    Rupee,
    Dinar,
    /// Krone, krona, crown.
    Crown,
    Rial,
    Shilling,
    Mark,
    Lira,
    Ruble,
    Won,
    Dirham,
    /// A hundredth of a dollar or euro.
    Cent,
    /// A hundredth of a pound.
    Penny,
    /// A name that only one currency has.
    Only(&'static [u8; 3]),
}

/// A name and whether the word needs a magnitude or a demonym to be money: "he won", "200 pounds".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Noun {
    pub(super) name: Name,
    pub(super) shy: bool,
}

/// Longest currency word in bytes.
const LONGEST: usize = 12;

/// The word in small letters, if short enough to be listed.
fn small<'a>(word: &str, buffer: &'a mut [u8; LONGEST]) -> &'a [u8] {
    let Some(room) = buffer.get_mut(..word.len()) else { return &[] };
    room.copy_from_slice(word.as_bytes());
    room.make_ascii_lowercase();
    room
}

/// The currency that this word names after a number.
pub(super) fn noun(word: &str) -> Option<Noun> {
    let mut buffer = [0; LONGEST];
    let name = match small(word, &mut buffer) {
        b"dollars" | b"dollar" | b"dlrs" | b"bucks" => Name::Dollar,
        b"cents" | b"cent" => Name::Cent,
        b"pence" | b"penny" => Name::Penny,
        b"euros" | b"euro" => Name::Only(b"EUR"),
        b"yen" => Name::Only(b"JPY"),
        b"yuan" | b"renminbi" => Name::Only(b"CNY"),
        b"sterling" => Name::Only(b"GBP"),
        b"francs" | b"franc" => Name::Franc,
        b"pesos" | b"peso" => Name::Peso,
        b"rupees" | b"rupee" => Name::Rupee,
        b"dinars" | b"dinar" => Name::Dinar,
        b"kroner" | b"krone" | b"kronor" | b"krona" => Name::Crown,
        b"rials" | b"rial" | b"riyals" | b"riyal" => Name::Rial,
        b"shillings" | b"shilling" => Name::Shilling,
        b"lira" | b"liras" | b"lire" => Name::Lira,
        b"rubles" | b"ruble" | b"roubles" | b"rouble" => Name::Ruble,
        b"dirhams" | b"dirham" => Name::Dirham,
        b"rand" => Name::Only(b"ZAR"),
        b"reais" | b"reals" => Name::Only(b"BRL"),
        b"rupiah" => Name::Only(b"IDR"),
        b"ringgit" => Name::Only(b"MYR"),
        b"baht" => Name::Only(b"THB"),
        b"taka" => Name::Only(b"BDT"),
        b"naira" => Name::Only(b"NGN"),
        b"cedis" | b"cedi" => Name::Only(b"GHS"),
        b"birr" => Name::Only(b"ETB"),
        b"kwacha" => Name::Only(b"ZMW"),
        b"zlotys" | b"zloty" | b"zlotych" => Name::Only(b"PLN"),
        b"forints" | b"forint" => Name::Only(b"HUF"),
        b"koruna" | b"korunas" | b"koruny" => Name::Only(b"CZK"),
        b"hryvnia" | b"hryvnias" | b"hryvnya" => Name::Only(b"UAH"),
        b"shekels" | b"shekel" => Name::Only(b"ILS"),
        b"leva" => Name::Only(b"BGN"),
        b"dong" => Name::Only(b"VND"),
        b"riel" => Name::Only(b"KHR"),
        b"kyat" | b"kyats" => Name::Only(b"MMK"),
        b"tenge" => Name::Only(b"KZT"),
        b"guilders" | b"guilder" => Name::Only(b"NLG"),
        b"markkaa" | b"markka" => Name::Only(b"FIM"),
        b"pesetas" | b"peseta" => Name::Only(b"ESP"),
        b"schillings" => Name::Only(b"ATS"),
        b"escudos" => Name::Only(b"PTE"),
        b"drachmas" | b"drachma" => Name::Only(b"GRD"),
        b"lempiras" | b"lempira" => Name::Only(b"HNL"),
        b"quetzals" | b"quetzales" => Name::Only(b"GTQ"),
        b"bolivars" | b"bolivares" => Name::Only(b"VES"),
        b"pounds" | b"pound" => return Some(Noun { name: Name::Pound, shy: true }),
        b"won" => return Some(Noun { name: Name::Won, shy: true }),
        b"marks" => return Some(Noun { name: Name::Mark, shy: true }),
        b"crowns" => return Some(Noun { name: Name::Crown, shy: true }),
        b"lei" => return Some(Noun { name: Name::Only(b"RON"), shy: true }),
        _ => return None,
    };
    Some(Noun { name, shy: false })
}

/// The currency of a name; `country` is the demonym before it, in any case.
pub(super) fn of(name: Name, country: &str) -> Option<Currency> {
    let mut buffer = [0; LONGEST];
    let country = small(country, &mut buffer);
    let code: &[u8; 3] = match (name, country) {
        (Name::Only(code), _) => code,
        (Name::Dollar | Name::Cent, b"" | b"us" | b"american" | b"states") => b"USD",
        (Name::Dollar | Name::Cent, b"canadian") => b"CAD",
        (Name::Dollar | Name::Cent, b"australian") => b"AUD",
        (Name::Dollar | Name::Cent, b"zealand") => b"NZD",
        (Name::Dollar | Name::Cent, b"kong") => b"HKD",
        (Name::Dollar | Name::Cent, b"singapore" | b"singaporean") => b"SGD",
        (Name::Dollar, b"taiwan" | b"taiwanese") => b"TWD",
        (Name::Dollar, b"jamaican") => b"JMD",
        (Name::Dollar, b"fijian") => b"FJD",
        (Name::Dollar, b"namibian") => b"NAD",
        (Name::Dollar, b"zimbabwean" | b"zimbabwe") => b"ZWL",
        (Name::Cent, b"euro") => b"EUR",
        (Name::Pound | Name::Penny, b"" | b"british" | b"uk") => b"GBP",
        (Name::Pound, b"egyptian") => b"EGP",
        (Name::Pound | Name::Lira, b"lebanese") => b"LBP",
        (Name::Pound | Name::Lira, b"syrian") => b"SYP",
        (Name::Pound, b"sudanese") => b"SDG",
        (Name::Pound, b"irish") => b"IEP",
        (Name::Franc, b"swiss") => b"CHF",
        (Name::Franc, b"french") => b"FRF",
        (Name::Franc, b"belgian") => b"BEF",
        (Name::Franc, b"cfa") => b"XOF",
        (Name::Franc, b"rwandan") => b"RWF",
        (Name::Franc, b"congolese") => b"CDF",
        (Name::Peso, b"mexican") => b"MXN",
        (Name::Peso, b"philippine" | b"filipino") => b"PHP",
        (Name::Peso, b"argentine" | b"argentinian") => b"ARS",
        (Name::Peso, b"chilean") => b"CLP",
        (Name::Peso, b"colombian") => b"COP",
        (Name::Peso, b"cuban") => b"CUP",
        (Name::Peso, b"uruguayan") => b"UYU",
        (Name::Peso, b"dominican") => b"DOP",
        (Name::Rupee, b"" | b"indian") => b"INR",
        (Name::Rupee, b"pakistani" | b"pakistan") => b"PKR",
        (Name::Rupee, b"lankan") => b"LKR",
        (Name::Rupee, b"nepali" | b"nepalese") => b"NPR",
        (Name::Rupee, b"mauritian") => b"MUR",
        (Name::Dinar, b"iraqi") => b"IQD",
        (Name::Dinar, b"kuwaiti") => b"KWD",
        (Name::Dinar, b"serbian") => b"RSD",
        (Name::Dinar, b"jordanian") => b"JOD",
        (Name::Dinar, b"algerian") => b"DZD",
        (Name::Dinar, b"tunisian") => b"TND",
        (Name::Dinar, b"libyan") => b"LYD",
        (Name::Dinar, b"bahraini") => b"BHD",
        (Name::Crown, b"swedish") => b"SEK",
        (Name::Crown, b"norwegian") => b"NOK",
        (Name::Crown, b"danish") => b"DKK",
        (Name::Crown, b"icelandic") => b"ISK",
        (Name::Crown, b"czech") => b"CZK",
        (Name::Rial, b"iranian") => b"IRR",
        (Name::Rial, b"saudi") => b"SAR",
        (Name::Rial, b"omani") => b"OMR",
        (Name::Rial, b"yemeni") => b"YER",
        (Name::Rial, b"qatari") => b"QAR",
        (Name::Shilling, b"kenyan" | b"kenya") => b"KES",
        (Name::Shilling, b"ugandan" | b"uganda") => b"UGX",
        (Name::Shilling, b"tanzanian") => b"TZS",
        (Name::Shilling, b"somali") => b"SOS",
        (Name::Mark, b"" | b"german" | b"deutsche") => b"DEM",
        (Name::Mark, b"finnish") => b"FIM",
        (Name::Lira, b"turkish") => b"TRY",
        (Name::Lira, b"italian") => b"ITL",
        (Name::Ruble, b"" | b"russian") => b"RUB",
        (Name::Ruble, b"belarusian") => b"BYN",
        (Name::Won, b"" | b"korean") => b"KRW",
        (Name::Dirham, b"" | b"uae" | b"emirati") => b"AED",
        (Name::Dirham, b"moroccan") => b"MAD",
        _ => return None,
    };
    Code::new(code)
}

/// Whether a word may stand between a number and the name of a currency: "5 million Swiss francs".
pub(super) fn narrows(name: Name, country: &str) -> bool {
    match name {
        Name::Only(_) => country.starts_with(|letter: char| letter.is_ascii_uppercase()),
        _ => !country.is_empty() && of(name, country).is_some(),
    }
}

/// The currency of a sign with the letters before it: "$", "A$", "HK$", "€".
pub(super) fn sign(letters: &str, sign: &str) -> Option<Currency> {
    let mut buffer = [0; LONGEST];
    let code: &[u8; 3] = match (small(letters, &mut buffer), sign) {
        (b"" | b"us", "$") | (b"", "¢") => b"USD",
        (b"a" | b"au", "$") => b"AUD",
        (b"c" | b"ca" | b"can", "$") => b"CAD",
        (b"nz", "$") => b"NZD",
        (b"hk", "$") => b"HKD",
        (b"s" | b"sg", "$") => b"SGD",
        (b"nt", "$") => b"TWD",
        (b"r", "$") => b"BRL",
        (b"mx", "$") => b"MXN",
        (b"j", "$") => b"JMD",
        (b"tt", "$") => b"TTD",
        (b"fj", "$") => b"FJD",
        (b"n", "$") => b"NAD",
        (b"" | b"gb" | b"uk", "£") => b"GBP",
        (b"e", "£") => b"EGP",
        (b"ir", "£") => b"IEP",
        (b"", "€") => b"EUR",
        (b"" | b"jp", "¥") => b"JPY",
        (b"cn" | b"rmb", "¥") => b"CNY",
        (b"", "₹") => b"INR",
        (b"", "₩") => b"KRW",
        (b"", "₽") => b"RUB",
        (b"", "₺") => b"TRY",
        (b"", "₦") => b"NGN",
        (b"", "₱") => b"PHP",
        (b"", "฿") => b"THB",
        (b"", "₫") => b"VND",
        (b"", "₴") => b"UAH",
        (b"", "₪") => b"ILS",
        (b"", "₡") => b"CRC",
        (b"", "₲") => b"PYG",
        (b"", "₸") => b"KZT",
        (b"", "₮") => b"MNT",
        (b"", "₵") => b"GHS",
        (b"", "₼") => b"AZN",
        (b"", "₾") => b"GEL",
        _ => return None,
    };
    Code::new(code)
}

/// The currency that this word names before a number: "Rs 500", "USD 9 million". Codes count in
/// capitals only.
pub(super) fn before_number(word: &str) -> Option<Currency> {
    let code: &[u8; 3] = match word {
        "Rs" | "RS" | "Re" => b"INR",
        "Tk" | "TK" => b"BDT",
        "dlrs" | "Dlrs" => b"USD",
        "RM" => b"MYR",
        "Rp" => b"IDR",
        "Sh" | "KSh" | "Ksh" | "KSH" => b"KES",
        "UGX" | "USh" | "Ush" => b"UGX",
        "TSh" | "Tsh" => b"TZS",
        "LE" => b"EGP",
        "GHc" | "GHC" => b"GHS",
        "Fr" | "SFr" | "Sfr" => b"CHF",
        "Rmb" | "RMB" => b"CNY",
        "N" => b"NGN",
        "R" => b"ZAR",
        "P" => b"PHP",
        "K" => b"ZMW",
        "USD" | "EUR" | "GBP" | "JPY" | "CNY" | "CHF" | "CAD" | "AUD" | "NZD" | "HKD" | "SGD"
        | "INR" | "PKR" | "BDT" | "LKR" | "NPR" | "KRW" | "TWD" | "THB" | "MYR" | "IDR" | "PHP"
        | "VND" | "RUB" | "UAH" | "PLN" | "CZK" | "HUF" | "RON" | "BGN" | "SEK" | "NOK" | "DKK"
        | "ISK" | "TRY" | "ILS" | "AED" | "SAR" | "QAR" | "KWD" | "BHD" | "OMR" | "JOD" | "EGP"
        | "MAD" | "TND" | "DZD" | "NGN" | "GHS" | "KES" | "TZS" | "ZAR" | "ZMW" | "XOF" | "XAF"
        | "MXN" | "BRL" | "ARS" | "CLP" | "COP" | "PEN" | "DEM" | "FRF" | "ITL" | "ESP" | "NLG" => {
            return Code::new(word.as_bytes());
        }
        _ => return None,
    };
    Code::new(code)
}

/// Whether the letters before a number count only when glued to it: "R500", "N5,000".
pub(super) fn glued_only(word: &str) -> bool {
    matches!(word, "N" | "R" | "P" | "K" | "Fr" | "Re" | "Sh")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(name: &str, country: &str) -> String {
        let noun = noun(name).expect("a listed word");
        of(noun.name, country).map_or_else(String::new, |code| code.as_str().to_owned())
    }

    #[test]
    fn a_demonym_narrows_a_name() {
        assert_eq!(code("dollars", ""), "USD");
        assert_eq!(code("Dollars", "Canadian"), "CAD");
        assert_eq!(code("francs", "Swiss"), "CHF");
        assert_eq!(code("francs", ""), "", "whose francs?");
        assert_eq!(code("pounds", "Ruritanian"), "", "an unknown pound is not British");
    }

    #[test]
    fn signs_take_their_letters() {
        let show = |letters, mark| sign(letters, mark).map(|code| code.as_str().to_owned());
        assert_eq!(show("HK", "$").as_deref(), Some("HKD"));
        assert_eq!(show("", "€").as_deref(), Some("EUR"));
        assert_eq!(show("XQ", "$"), None);
    }

    #[test]
    fn codes_need_capitals() {
        assert!(before_number("USD").is_some());
        assert!(before_number("usd").is_none());
    }
}
