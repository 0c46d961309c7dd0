create table t (k text collate "en-x-icu" primary key, v text); create table c (a varchar collate "sv-x-icu", b text collate "C", v text, primary key (a, b));
