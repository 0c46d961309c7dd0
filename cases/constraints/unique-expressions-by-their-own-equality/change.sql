update cast_to_made set s = case id when 1 then 'B' else 'A' end, updated_at = case id when 1 then now() else updated_at end;
update cast_to_made_array set s = case id when 1 then 'B' else 'A' end, updated_at = case id when 1 then now() else updated_at end;
update collated set s = case id when 1 then 'B' else 'A' end, updated_at = case id when 1 then now() else updated_at end;
update collated_part set s = case id when 1 then 'B' else 'A' end, updated_at = case id when 1 then now() else updated_at end;
