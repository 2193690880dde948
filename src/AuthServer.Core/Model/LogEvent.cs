namespace AuthServer.Core.Model;

/// <summary>
/// Event of the audit log, in Auth0's shape. The code that records it adds its subject; time, address and request are
/// added at the boundary.
/// </summary>
public sealed record LogEvent
{
    public const int MaxNameBytes = 256;
    public const int MaxTextBytes = 1024;

    /// <summary>Of a refusal, whose texts anyone can choose.</summary>
    public const int MaxRefusalTextBytes = 256;

    /// <summary>
    /// Increases in the order in which events became visible, so that a reader who continues after one of them misses
    /// none.
    /// </summary>
    public long Id { get; init; }
    public DateTimeOffset Date { get; init; }

    /// <summary>One of <see cref="Logs.LogEventTypes"/>.</summary>
    public string Type { get; init; } = "";

    /// <summary><see cref="Logs.LogEventType.IsRefusal"/>: how many of them are kept is limited by kind.</summary>
    public bool IsRefusal { get; init; }
    public string? Description { get; init; }
    public string? ClientId { get; init; }
    public string? ClientName { get; init; }
    public string? Connection { get; init; }
    public string? ConnectionId { get; init; }
    public string? UserId { get; init; }
    public string? UserName { get; init; }
    public string? Ip { get; init; }
    public string? UserAgent { get; init; }
    public string? Hostname { get; init; }

    /// <summary>Stored form of the API's identifier.</summary>
    public string? Audience { get; init; }

    /// <summary>Space separated.</summary>
    public string? Scope { get; init; }
    public string? OrganizationId { get; init; }
    public string? OrganizationName { get; init; }

    /// <summary>A JSON object of our making.</summary>
    public string? Details { get; init; }

    /// <summary>Why it failed; becomes the description and a part of the details. Not stored by itself.</summary>
    public OAuthError? Error { get; init; }

    public LogEvent For(Client? client) =>
        client is null ? this : this with { ClientId = client.ClientId, ClientName = client.Name };

    public LogEvent By(User? user) =>
        user is null ? this : this with { UserId = user.UserId, UserName = user.Email ?? user.Username };

    public LogEvent At(Connection connection) =>
        this with
        {
            Connection = connection.Name,
            ConnectionId = connection.Id,
        };

    public LogEvent In(Organization? organization) =>
        organization is null
            ? this
            : this with
            {
                OrganizationId = organization.Id,
                OrganizationName = organization.Name,
            };

    public LogEvent Of(Authorization authorization) => this with
    {
        ClientId = authorization.ClientId,
        UserId = authorization.UserId,
        Audience = authorization.Audience,
        Scope = authorization.GrantedScopes.ToString(),
        OrganizationId = authorization.OrganizationId,
    };
}
