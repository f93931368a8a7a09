//! Cases: what is known of one person or thing at one moment.

pub mod read;
