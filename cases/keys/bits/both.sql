create table b (k bit(8) primary key, v text); create table y (k varbit primary key, v text);
