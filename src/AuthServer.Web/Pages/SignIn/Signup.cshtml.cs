using System.Globalization;
using AuthServer.Core.Actions;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Web.Mail;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Pages.SignIn;

public sealed class SignupModel(
    InteractionParts parts,
    IUserStore users,
    IPasswordHashing passwords,
    PasswordValidator validator,
    IAttemptCounters counters,
    VerificationEmails emails,
    IActionTriggers actions)
    : InteractionPage(parts)
{
    public string Username { get; private set; } = "";

    /// <summary>Key of the text of the error; null without one.</summary>
    public string? Problem { get; private set; }

    /// <summary>Message of an Action that denied access; null without one.</summary>
    public string? Message { get; private set; }

    /// <summary>What the user called themselves, where the database has user names.</summary>
    public string ChosenName { get; private set; } = "";

    public bool NameIsTheProblem => Problem?.StartsWith(UnfitName, StringComparison.Ordinal) == true;

    public bool AddressIsTheProblem => Problem is not null && !PasswordIsTheProblem && !NameIsTheProblem;

    public bool PasswordIsTheProblem => Problem?.StartsWith("Signup.Password.", StringComparison.Ordinal) == true;

    /// <summary>Users can't sign up for this application by themselves.</summary>
    public bool Closed => Database is null;

    private const string UnfitName = "Signup.UnfitName";

    private Connection? Database => Databases.FirstOrDefault(Authorization.RequestedOrganization.MaySignUp);

    /// <summary>Whether the page asks for a user name.</summary>
    public bool AsksForName => Options.UsernameAtSignUp is AttributeUse.Optional or AttributeUse.Required;

    public bool RequiresName => Options.UsernameAtSignUp == AttributeUse.Required;

    /// <summary>Of the database that the account is made in.</summary>
    public DatabaseOptions Options => field ??= DatabaseOptions.Of(Database!);

    public void OnGet() =>
        Username =
            Invited?.Email
            ?? (Authorization.Parameters["login_hint"] is { } hint && LoginIdentifier.IsEmail(hint) ? hint : "");

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Request.Posted("action") == "cancel")
            return await DenyAsync();
        if (Database is not { } connection)
            return Page();

        Username = Invited?.Email ?? Request.Posted("username").Trim();
        ChosenName = AsksForName ? Request.Posted("user_name").Trim() : "";
        var name = ChosenName.Length > 0 ? LoginIdentifier.Normalize(ChosenName) : null;
        var password = Request.Posted("password");
        if (!LoginIdentifier.IsEmail(Username))
            return await RefuseAsync("Signup.NotAnAddress", connection);
        if (!Options.AllowsAtSignUp(name))
        {
            return await RefuseAsync(
                Options.AllowsPhoneNumbers ? UnfitName : "Signup.UnfitName.NoPhoneNumber", connection);
        }

        var user = NewUser.InDatabase(connection.Name, Username, Now);
        user.Username = name;
        if (validator.Validate(password, user, connection) is { } unfit)
            return await RefuseAsync("Signup.Password." + unfit.Problem, connection);
        if (!await counters.TryTakeAsync(SignUpLimits.OfAddress(RemoteAddress), Now, ct))
            return await RefuseAsync("Signup.TooMany", connection);

        // A taken address costs the same hash, and the answer says no more of it than it must
        // (docs/security.md#emails-and-tickets-asvs-637-64).
        if (Invited is { } invitation)
            Welcome(user, invitation, Authorization.RequestedOrganization.Invitation!.ByMail);
        var registration = new Registration(user, connection, Authorization.Client)
        {
            Transaction = Authorization.TransactionOf(Pending),
            Organization = Authorization.RequestedOrganization.Organization,
        };
        if (await actions.PreUserRegistrationAsync(registration, ct) is { } refusal)
        {
            (Problem, Message) = ("Signup.Refused", refusal.UserMessage);
            return Page();
        }

        var verification = user.EmailVerified
            ? null
            : await emails.TryWriteAsync(
                user, Authorization.Client.ClientId, RemoteAddress, CultureInfo.CurrentUICulture, Now, ct);
        if (!await users.TryCreateAsync(
                user, NewUser.CredentialOf(user, await passwords.HashAsync(password, ct)), verification, ct))
            return await RefuseAsync(name is not null ? "Signup.NamesTaken" : "Signup.Taken", connection);
        await RecordAsync(LogEventTypes.Signup, new LogEvent().At(connection).By(user));
        await actions.PostUserRegistrationAsync(registration, ct);
        var signIn = new PasswordSignIn(user, connection.Name, PasswordVersion.Of(user));
        await users.TryRecordLoginAsync(signIn.Password, Now, RemoteAddress, newer: null, ct);
        await Session.TryStartAsync(signIn, ct);
        await RecordAsync(LogEventTypes.Login, new LogEvent().At(connection).By(user));
        return Resume(Pending);
    }

    /// <summary>Only the ticket of the email proves that the user reads that mailbox.</summary>
    private static void Welcome(User user, Invitation invitation, bool byMail) =>
        (user.EmailVerified, user.AppMetadata, user.UserMetadata) = (
            byMail, invitation.AppMetadata, invitation.UserMetadata);

    private async Task<IActionResult> RefuseAsync(string problem, Connection connection)
    {
        Problem = problem;
        var name = LoginIdentifier.IsEmail(Username) ? Username : null;
        var about = new LogEvent { Description = problem, UserName = name };
        await RecordAsync(LogEventTypes.FailedSignup, about.At(connection));
        return Page();
    }
}
