create table t (k text collate "und-x-icu" primary key, v text);
