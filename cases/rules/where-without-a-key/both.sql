create table t (v text, kind text);
