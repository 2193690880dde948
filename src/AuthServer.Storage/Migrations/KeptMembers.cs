namespace AuthServer.Storage.Migrations;

/// <summary>
/// Copies members that were stored and not acted on, as JSON in the columns <c>other</c>, to the columns of those that
/// act since <c>SettingsAndQuotas</c>.
/// </summary>
/// <param name="read">SQL for the text at a path in the column of a table; null where there is none.</param>
internal sealed class KeptMembers(Func<string, string[], string> read)
{
    public static KeptMembers OfSqlite { get; } = new((table, path) =>
        $"json_extract({table}.other, '$.{string.Join('.', path.Select(name => $"\"{name}\""))}')");

    public static KeptMembers OfPostgres { get; } = new((table, path) =>
        $"({table}.other::jsonb #>> '{{{string.Join(',', path)}}}')");

    /// <summary>One statement for each table.</summary>
    public IEnumerable<string> Statements =>
    [
        $$"""
         UPDATE tenant_settings SET
             has_persistent_session_cookie =
                 COALESCE({{OfTenant("session_cookie", "mode")}}, 'persistent') <> 'non-persistent',
             ephemeral_session_lifetime = {{Hours("ephemeral_session_lifetime", 72)}},
             idle_ephemeral_session_lifetime = {{Hours("idle_ephemeral_session_lifetime", 24)}},
             favicon_url = {{OfTenant("branding.favicon_url")}},
             font_url = {{OfTenant("branding.font", "url")}},
             error_page_url = NULLIF({{OfTenant("error_page", "url")}}, ''),
             page_background = CASE WHEN {{OfTenant("branding.page_background")}} LIKE '#%'
                 THEN '{"Start":"' || {{OfTenant("branding.page_background")}} || '"}' END,
             default_client_quota = {{Quota("tenant_settings", "default_token_quota", "clients")}},
             default_organization_quota = {{Quota("tenant_settings", "default_token_quota", "organizations")}}
         """,
        $"""
         UPDATE clients SET
             is_sso_disabled = {Flag(read("clients", ["sso_disabled"]), "false")},
             token_quota = {Quota("clients", "token_quota")},
             default_organization_id = (
                 SELECT o.id FROM organizations o
                 WHERE o.id = {read("clients", ["default_organization", "organization_id"])})
         """,
        $"UPDATE organizations SET token_quota = {Quota("organizations", "token_quota")}",
        $"""
         UPDATE client_grants SET
             allows_all_scopes = {Flag(read("client_grants", ["allow_all_scopes"]), "false")}
         """,
    ];

    /// <summary>A flag is a number in SQLite.</summary>
    private static string Flag(string value, string byDefault) =>
        $"COALESCE(CAST({value} AS TEXT), '{byDefault}') IN ('true', '1')";

    private string OfTenant(params string[] path) => read("tenant_settings", path);

    private string Hours(string name, int byDefault) =>
        $"COALESCE(CAST({OfTenant(name)} AS DOUBLE PRECISION), "
        + $"CAST({OfTenant(name + "_in_minutes")} AS DOUBLE PRECISION) / 60, {byDefault})";

    private string Quota(string table, params string[] path)
    {
        var hourly = read(table, [.. path, "client_credentials", "per_hour"]);
        var daily = read(table, [.. path, "client_credentials", "per_day"]);
        var isEnforced = Flag(read(table, [.. path, "client_credentials", "enforce"]), "true");
        return $$"""
            CASE WHEN {{hourly}} IS NOT NULL OR {{daily}} IS NOT NULL THEN
                '{"PerHour":' || COALESCE(CAST({{hourly}} AS TEXT), 'null')
                || ',"PerDay":' || COALESCE(CAST({{daily}} AS TEXT), 'null')
                || ',"IsEnforced":' || CASE WHEN {{isEnforced}} THEN 'true' ELSE 'false' END || '}'
            END
            """;
    }
}
