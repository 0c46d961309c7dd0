create table line (what text, n numeric, doc json);
