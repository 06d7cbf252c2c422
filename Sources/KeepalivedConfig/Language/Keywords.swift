/// The tables of keywords, one for each kind of block.
enum Keywords {}
