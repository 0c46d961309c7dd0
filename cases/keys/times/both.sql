create table t (k timestamptz primary key, v text); create table d (k date, t time, v text, primary key (k, t)); create table z (k timetz primary key, v text);
