alter table child add constraint belongs foreign key (parent) references parent (name);
