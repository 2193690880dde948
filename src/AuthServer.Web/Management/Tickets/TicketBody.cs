using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Tickets;

/// <summary>What is asked for at <c>/tickets</c> and <c>/jobs/verification-email</c>, in auth0 7's members.</summary>
internal sealed class TicketBody
{
    public static ResourceSchema<TicketBody> Job { get; } = ForUser(new ResourceSchema<TicketBody>());

    public static ResourceSchema<TicketBody> VerifyEmail { get; } = WithEnd(ForUser(new ResourceSchema<TicketBody>()));

    public static ResourceSchema<TicketBody> ChangePassword { get; } =
        WithEnd(ForUser(new ResourceSchema<TicketBody>()))
            .OptionalText("connection_id", b => b.ConnectionId, (b, v) => b.ConnectionId = v)
            .OptionalText("email", b => b.Email, (b, v) => b.Email = v)
            .Flag("mark_email_as_verified", b => b.MarksVerified, (b, v) => b.MarksVerified = v);

    public string? UserId { get; private set; }
    public string? ConnectionId { get; private set; }
    public string? Email { get; private set; }
    public string? ClientId { get; private set; }
    public string? ResultUrl { get; private set; }
    public bool MarksVerified { get; private set; }
    public bool EmailInResult { get; private set; }

    /// <summary><c>provider|user_id</c>; null when no identity was named.</summary>
    public string? Identity { get; private set; }

    /// <summary>Seconds; 0 for the usual time.</summary>
    public int Ttl { get; private set; }

    public TimeSpan Lifetime =>
        Ttl == 0 ? Ticket.Lifetime
        : Ttl < Ticket.MaxLifetime.TotalSeconds ? TimeSpan.FromSeconds(Ttl)
        : Ticket.MaxLifetime;

    public TicketTerms Terms(string kind) => new(kind)
    {
        Lifetime = Lifetime,
        ProvesAddress = MarksVerified,
        ClientId = ClientId,
        ResultUrl = ResultUrl,
        EmailInResult = EmailInResult,
    };

    /// <summary>Either <c>user_id</c>, or <c>email</c> with <c>connection_id</c>.</summary>
    public bool NamesOneUser => UserId is null
        ? Email is not null && ConnectionId is not null
        : Email is null && ConnectionId is null;

    /// <exception cref="ManagementException">
    /// An identity is named that is not one of the user's in a database.
    /// </exception>
    public void EnsureIdentityOf(User user)
    {
        var ofDatabases = user.Identities.Where(i => i.Provider == Connection.DatabaseStrategy);
        if (Identity is not null && !ofDatabases.Any(i => $"{i.Provider}|{i.ProviderUserId}" == Identity))
            throw ManagementException.Invalid("The user has no such identity in a user database", "identity");
    }

    private static ResourceSchema<TicketBody> ForUser(ResourceSchema<TicketBody> table) => table
        .OptionalText("user_id", b => b.UserId, (b, v) => b.UserId = v)
        .OptionalText("client_id", b => b.ClientId, (b, v) => b.ClientId = v)
        .With(new("identity", _ => null, ReadIdentity));

    private static ResourceSchema<TicketBody> WithEnd(ResourceSchema<TicketBody> table) => table
        .OptionalText("result_url", b => b.ResultUrl, (b, v) => b.ResultUrl = v)
        .Whole("ttl_sec", b => b.Ttl, (b, v) => b.Ttl = v, least: 0, most: int.MaxValue, reset: 0)
        .Flag("includeEmailInRedirect", b => b.EmailInResult, (b, v) => b.EmailInResult = v);

    private static ValidationError? ReadIdentity(TicketBody body, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        if (JsonValidators.Object(value) is { } mistyped)
            return mistyped;
        if (!value.TryGetProperty("provider", out var provider) || !value.TryGetProperty("user_id", out var id))
            return "Expected provider and user_id";
        if ((JsonValidators.Text(provider) ?? JsonValidators.Text(id)) is { } wrong)
            return wrong;
        body.Identity = $"{provider.GetString()}|{id.GetString()}";
        return null;
    }
}
