alter table picky add constraint only_small check (n < 100);
