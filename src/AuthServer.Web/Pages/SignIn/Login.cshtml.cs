using AuthServer.Core.Authorize;
using AuthServer.Core.Sessions;
using AuthServer.Core.Users;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Pages.SignIn;

public sealed class LoginModel(InteractionParts parts, PasswordLogin login) : InteractionPage(parts)
{
    public string Username { get; private set; } = "";

    public bool Failed { get; private set; }

    /// <summary>No user could sign in here: the client has no connection.</summary>
    public bool NoConnection => !HasPasswords && Providers.Count == 0;

    public bool HasPasswords => Databases.Any();

    public bool MayReset => WithReset.Any();

    public bool MaySignUp => Databases.Any(Authorization.RequestedOrganization.MaySignUp);

    /// <summary>Account that the user may continue with, without a password.</summary>
    public SignedIn? Choice { get; private set; }

    /// <summary>The user is signed in, and the application requires this user to authenticate again.</summary>
    public bool Again => Choice is null && !IsNotMember && SignedIn is { } known
        && Authorization.Expects(known.User)
        && Authorization.AllowedConnections.Any(connection => connection.Name == known.Session.Connection);

    public void OnGet()
    {
        Prepare();
        Username = Authorization.Parameters["login_hint"] is { Length: <= LoginIdentifier.MaxLength } hint
            ? hint
            : Invited?.Email ?? (Again ? SignedIn?.User.Email ?? "" : "");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Prepare();
        switch (Request.Posted("action"))
        {
            case "cancel":
                return await DenyAsync();
            case "continue" when Choice is { } chosen:
                return Resume(Pending with { AccountChosenIn = chosen.Session.Id });
            case "continue":
                // The session ended meanwhile, or belongs to another user: ask again.
                return Resume(Pending);
        }

        Username = Request.Posted("username");
        var attempt = new PasswordAttempt(
            Authorization.Client, [.. Databases], Username, Request.Posted("password"), RemoteAddress);
        if (await login.TryAsync(attempt, Now, signIn => Session.TryStartAsync(signIn, ct), ct) is not null)
            return Resume(Pending);

        Failed = true;
        return Page();
    }

    private void Prepare() =>
        Choice = DueBeforeConsent()
            is Interaction.Login
                or Interaction.Signup
                or Interaction.ResetPassword
                or Interaction.Provider
            ? null
            : SignedIn;
}
