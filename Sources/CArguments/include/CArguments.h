// Nothing to import: this target only takes the place of a part of the Swift runtime. See CArguments.c.
