create collation nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
create unique index on respelled (k collate nocase);
create unique index both_stay_nocase on both_stay (k collate nocase);
create unique index on without_a_key (k collate nocase);
create unique index both_stay_without_a_key_nocase on both_stay_without_a_key (k collate nocase);
create unique index on swapped (v collate nocase);
create unique index on nulls (v collate nocase);
