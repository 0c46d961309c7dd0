alter table strict alter n set not null;
