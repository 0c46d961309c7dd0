create type mood as enum ('', 'Happy', 'happy', 'it''s ok', 'sad'); create table t (k mood primary key, v text); create table c (k mood, n int, v text, primary key (n, k));
