create table t ("k'1" text, "k\2" text, "k.""3" text, v text, primary key ("k'1", "k\2", "k.""3"));
