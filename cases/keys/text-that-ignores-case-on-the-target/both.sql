create collation nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false); create collation noaccent (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
