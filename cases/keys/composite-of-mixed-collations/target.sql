create table t (a text collate "en-x-icu", b text collate nocase, c varchar collate "C", v text, primary key (a, b, c));
