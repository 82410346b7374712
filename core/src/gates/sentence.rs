//! Sentences: a message is a code and its figures; its English template is beside the rule that gives the code.
//!
//! No stored, named or compared value has a sentence. It is written on demand, with the feature `sentences`.

use core::fmt;

use crate::base::money::Decimals;

/// An English sentence about some figures.
pub(crate) trait Sentence {
    /// Writes the sentence with the amounts of this shop.
    fn write(&self, f: &mut fmt::Formatter<'_>, decimals: Decimals<'_>) -> fmt::Result;
}

/// A sentence without amounts is the same in every shop.
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
                    /// The English sentence, with the amounts of this shop.
                    #[must_use]
                    pub fn sentence(&self, decimals: Decimals<'_>) -> String {
                        from_fn(|f| self.write(f, decimals)).to_string()
                    }
                }

                impl fmt::Display for $message {
                    /// The English sentence, with amounts by ISO 4217.
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
