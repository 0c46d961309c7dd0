alter table item drop column level;
alter table item add column level int;
