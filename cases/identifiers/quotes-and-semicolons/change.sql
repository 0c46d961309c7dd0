update "a""b'; drop table x; --" set "?" = '??' where "i""d" = 2;
delete from "a""b'; drop table x; --" where "i""d" = 1;
insert into "a""b'; drop table x; --" values (3, 'three', '', '', '', '');
