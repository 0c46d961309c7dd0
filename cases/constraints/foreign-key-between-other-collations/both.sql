create schema words;
create collation words.nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
create table parent (id int primary key, name text collate words.nocase unique);
create table child (id int primary key, parent text collate "C");
