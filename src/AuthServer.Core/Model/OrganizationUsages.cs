namespace AuthServer.Core.Model;

/// <summary>Whether a client, or a client grant, is used in organizations: <c>organization_usage</c>.</summary>
public static class OrganizationUsages
{
    public const string Deny = "deny";
    public const string Allow = "allow";
    public const string Require = "require";
}

/// <summary>Behaviour of a login that names no organization: a client's <c>organization_require_behavior</c>.</summary>
public static class OrganizationPrompts
{
    public const string None = "no_prompt";

    /// <summary>The user types the organization's name before the login.</summary>
    public const string BeforeLogin = "pre_login_prompt";

    /// <summary>The user chooses among their own organizations after it.</summary>
    public const string AfterLogin = "post_login_prompt";
}
