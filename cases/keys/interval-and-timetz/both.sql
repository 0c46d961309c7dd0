create table i (k interval primary key, v text); create table z (k timetz primary key, v text);
