using AuthServer.Core.Actions;
using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Protocol.Hosting;
using AuthServer.Web.Formats;
using AuthServer.Web.Mail;

namespace AuthServer.Web.Endpoints;

/// <summary>Creates an account in a user database for a request to <c>/dbconnections/signup</c>.</summary>
internal sealed class DatabaseSignupHandler(
    Tenant tenant,
    IClientStore clients,
    IConnectionStore connections,
    IUserStore users,
    IPasswordHashing passwords,
    PasswordValidator validator,
    IAttemptCounters counters,
    VerificationEmails emails,
    IEventLog events,
    IActionTriggers actions,
    TimeProvider time)
{
    public async Task<IResult> HandleAsync(HttpContext http, CancellationToken ct)
    {
        var (request, refusal) = await DatabaseRequest.ReadAsync(http.Request, clients, connections, ct);
        if (request is null)
            return refusal!;
        var email = request.Text("email").Trim();
        var address = ClientAddress.Of(http.Connection.RemoteIpAddress);
        var (user, unfit) = await TryCreateAsync(request, email, address, time.GetUtcNow(), ct);
        if (user is null)
        {
            var name = LoginIdentifier.IsEmail(email) ? email : null;
            // The refusal of an Action is in the log already.
            if (unfit!.Code != RegistrationRefusal.Code)
                await events.RecordAsync(
                    LogEventTypes.FailedSignup, request.Event with { Description = unfit.Code, UserName = name });
            return unfit;
        }

        await events.RecordAsync(LogEventTypes.Signup, request.Event.By(user));
        await actions.PostUserRegistrationAsync(request.Registration(user), ct);
        return Results.Json(SignUpMembers.Write(user, request.Body));
    }

    private async Task<(User? User, LegacyError? Refusal)> TryCreateAsync(
        DatabaseRequest request, string email, string address, DateTimeOffset now, CancellationToken ct)
    {
        if (request.Connection.DisableSignup)
            return (null, new LegacyError("signup_disabled", "Public signup is disabled"));
        if (!LoginIdentifier.IsEmail(email))
            return (null, new LegacyError("invalid_email", "The email must be a complete e-mail address."));
        var (user, password) = (NewUser.InDatabase(request.Connection.Name, email, now), request.Text("password"));
        if (SignUpMembers.Read(request.Body, user, DatabaseOptions.Of(request.Connection)) is { } unfit)
            return (null, new LegacyError("invalid_body", unfit));
        if (validator.Validate(password, user, request.Connection) is { } problem)
            return (null, LegacyError.OfPassword(problem));
        if (!await counters.TryTakeAsync(SignUpLimits.OfAddress(address), now, ct))
            return (null, LegacyError.TooMany("Too many accounts were created from this address. Try again tomorrow."));
        if (await actions.PreUserRegistrationAsync(request.Registration(user), ct) is { } refusal)
            return (null, LegacyError.OfAction(refusal));

        // A taken address costs the same hash and the same budgets (docs/security.md#emails-and-tickets-asvs-637-64).
        var language = EmailTexts.LanguageOf(tenant.Settings);
        var message = await emails.TryWriteAsync(user, request.Client.ClientId, address, language, now, ct);
        var credential = NewUser.CredentialOf(user, await passwords.HashAsync(password, ct));
        if (await users.TryCreateAsync(user, credential, message, ct))
            return (user, null);
        return (null, tenant.Settings.Flag(TenantFlags.EnablePublicSignupUserExistsError)
            ? new LegacyError("user_exists", "The user already exists.")
            : new LegacyError("invalid_signup", "Invalid sign up"));
    }
}
