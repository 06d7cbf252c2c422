extension Configuration {
    /// The configuration as listings show it, block by block in the order of the keyword table.
    package var shown: ShownBlock {
        var shown = ShownBlock("")
        Keywords.root.show(self, in: &shown)
        return shown
    }
}
