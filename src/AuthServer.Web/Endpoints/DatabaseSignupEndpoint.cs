using System.Text.Json.Nodes;
using AuthServer.Core.Actions;
using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Logs;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Protocol.Hosting;
using AuthServer.Web.Http;
using AuthServer.Web.Mail;

namespace AuthServer.Web.Endpoints;

/// <summary><c>POST /dbconnections/signup</c>, Auth0's: an account without a page.</summary>
internal static class DatabaseSignupEndpoint
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapDatabaseSignup() => routes.MapPost("/dbconnections/signup", (HttpContext http, SignupRequest signup, CancellationToken ct) => signup.HandleAsync(http, ct))
            .RequireCors(ScriptCors.Policy).DisableAntiforgery();
    }

    internal sealed class SignupRequest(
        Tenant tenant, IClientStore clients, IConnectionStore connections, IUserStore users, IPasswordHashing passwords, IAttemptCounters counters, VerificationLetters letters, IEventLog events, IActionTriggers actions, TimeProvider time)
    {
        public async Task<IResult> HandleAsync(HttpContext http, CancellationToken ct)
        {
            var (request, refusal) = await DatabaseRequest.ReadAsync(http.Request, clients, connections, ct);
            if (request is null)
                return refusal!;
            var email = request.Text("email").Trim();
            var (user, unfit) = await TryCreateAsync(request, email, ClientAddress.Of(http.Connection.RemoteIpAddress), time.GetUtcNow(), ct);
            if (user is null)
            {
                await events.RecordAsync(LogEventTypes.FailedSignup, request.Event with { Description = unfit!.FriendlyMessage is null ? unfit.Code : unfit.Description, UserName = LoginIdentifier.IsEmail(email) ? email : null });
                return unfit;
            }

            await events.RecordAsync(LogEventTypes.Signup, request.Event.By(user));
            await actions.PostUserRegistrationAsync(request.Registration(user), ct);
            return Results.Json(Write(user, request));
        }

        private async Task<(User? User, LegacyError? Refusal)> TryCreateAsync(DatabaseRequest request, string email, string address, DateTimeOffset now, CancellationToken ct)
        {
            if (request.Connection.DisableSignup)
                return (null, new LegacyError("signup_disabled", "Public signup is disabled"));
            if (!LoginIdentifier.IsEmail(email))
                return (null, new LegacyError("invalid_email", "The email must be a complete e-mail address."));
            var (user, password) = (NewUser.InDatabase(request.Connection.Name, email, now), request.Text("password"));
            if (SignUpMembers.Read(request.Body, user) is { } unfit)
                return (null, new LegacyError("invalid_body", unfit));
            if (PasswordPolicy.Check(password, new PasswordContext(email, user.Username, tenant.Settings.FriendlyName)) is { } problem)
                return (null, new LegacyError("invalid_password", PasswordPolicy.Explain(problem), Name: "PasswordStrengthError") { Policy = PasswordPolicy.InWords });
            if (!await counters.TryTakeAsync(NewUser.SignUpBudget(address), now, ct))
                return (null, new LegacyError("too_many_requests", "Too many accounts were created from this address. Try again tomorrow.", StatusCodes.Status429TooManyRequests, "TooManyRequestsError"));

            if (await actions.PreUserRegistrationAsync(request.Registration(user), ct) is { } refusal)
                return (null, LegacyError.OfAction(refusal.Reason, refusal.UserMessage));
            // A taken address costs the same hash and the same budgets
            // (docs/security.md#letters-and-tickets-asvs-637-64).
            var verification = await letters.TryWriteAsync(user, request.Client.ClientId, address, LetterTexts.LanguageOf(tenant.Settings), now, ct);
            if (await users.TryCreateAsync(user, NewUser.CredentialOf(user, await passwords.HashAsync(password, ct)), verification, ct))
                return (user, null);
            return (null, tenant.Settings.Flag(TenantFlags.EnablePublicSignupUserExistsError) ? new LegacyError("user_exists", "The user already exists.") : new LegacyError("invalid_signup", "Invalid sign up"));
        }

        /// <summary>The id without its strategy, and what was said, as it is kept.</summary>
        private static JsonObject Write(User user, DatabaseRequest request)
        {
            var json = new JsonObject { ["_id"] = user.Identities[0].ProviderUserId, ["email"] = user.Email, ["email_verified"] = user.EmailVerified };
            foreach (var name in SignUpMembers.Echoed.Where(name => request.Text(name).Length > 0))
                json[name] = name == "username" ? user.Username : request.Text(name);
            if (user.UserMetadata != "{}")
                json["user_metadata"] = JsonNode.Parse(user.UserMetadata);
            return json;
        }
    }
}
