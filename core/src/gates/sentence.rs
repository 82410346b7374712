//! Sentences: a message is a code and its parts, and the English template for it stands beside the rule that gives the code.
//!
//! Nothing that is stored, named or compared holds a sentence; it is written when a person asks, with the feature
//! `sentences`.

use core::fmt;

use crate::base::money::Decimals;

/// What is said of some parts, in English.
pub(crate) trait Sentence {
    /// Writes it for the customer of a shop, which writes its amounts so.
    fn write(&self, f: &mut fmt::Formatter<'_>, decimals: Decimals<'_>) -> fmt::Result;
}

/// What names no amount says the same in every shop.
impl<T: fmt::Display> Sentence for T {
    fn write(&self, f: &mut fmt::Formatter<'_>, _: Decimals<'_>) -> fmt::Result {
        self.fmt(f)
    }
}

#[cfg(feature = "sentences")]
mod english {
    use alloc::string::{String, ToString};
    use core::fmt;

    use crate::base::display::from_fn;
    use crate::base::money::Decimals;
    use crate::gates::{Evidence, Rejection, Remedy};

    macro_rules! messages {
        ($($message:ident),+) => {
            $(
                impl $message {
                    /// The sentence in English, for the customer of a shop that writes its amounts so.
                    #[must_use]
                    pub fn sentence(&self, decimals: Decimals<'_>) -> String {
                        from_fn(|f| self.write(f, decimals)).to_string()
                    }
                }

                impl fmt::Display for $message {
                    /// The sentence in English, its amounts written as ISO 4217 says.
                    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        self.write(f, Decimals::ISO_4217)
                    }
                }
            )+
        };
    }

    messages! { Rejection, Evidence, Remedy }

    impl core::error::Error for Rejection {}
}
