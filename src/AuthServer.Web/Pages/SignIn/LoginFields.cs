namespace AuthServer.Web.Pages.SignIn;

/// <summary>The fields of a login with a password.</summary>
/// <param name="Username">What was typed.</param>
public sealed record LoginFields(string Username = "")
{
    public bool Failed { get; init; }

    public bool FocusesUsername { get; init; }

    public bool FocusesPassword { get; init; }

    /// <summary>Of the waiting authorization, for the link to a new password; null without the link.</summary>
    public string? ResetHandle { get; init; }
}
