create table t (k int4multirange primary key, v text); create table n (k nummultirange, m datemultirange, v text, primary key (k, m));
