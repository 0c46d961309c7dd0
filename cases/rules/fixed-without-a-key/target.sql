create table t (v text, region text);
