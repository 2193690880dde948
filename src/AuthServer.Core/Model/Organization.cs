namespace AuthServer.Core.Model;

/// <summary>A customer, partner or department that has members of its own; Auth0's organization.</summary>
public sealed class Organization
{
    /// <summary><c>org_</c> and 16 letters and digits.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// 1 to 50 of a-z, 0-9, _ and -, beginning with a letter or digit; unique
    /// (<see cref="Organizations.OrganizationNames"/>).
    /// </summary>
    public required string Name { get; set; }
    public string? DisplayName { get; set; }
    public string? LogoUrl { get; set; }

    /// <summary><c>#rrggbb</c>; null: the tenant's.</summary>
    public string? PrimaryColor { get; set; }
    public string? PageBackground { get; set; }
    public IReadOnlyDictionary<string, string> Metadata { get; set; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Clients of third parties may be used in it.</summary>
    public bool AllowsThirdParties { get; set; }

    /// <summary>Null: the tenant's default for organizations.</summary>
    public TokenQuota? TokenQuota { get; set; }

    /// <summary>The connections through which its members come in.</summary>
    public List<OrganizationConnection> Connections { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Name that users see.</summary>
    public string Title => DisplayName is { Length: > 0 } shown ? shown : Name;

    /// <summary>The connection's part in it; null when it is not enabled.</summary>
    public OrganizationConnection? Enabled(string connectionId) =>
        Connections.Find(enabled => enabled.ConnectionId == connectionId && enabled.IsEnabled);

    /// <summary>Whether its users may be signed in to this client at all.</summary>
    public bool Admits(Client client) =>
        client.OrganizationUsage != OrganizationUsages.Deny && (client.IsFirstParty || AllowsThirdParties);
}

/// <summary>A connection enabled for an organization.</summary>
public sealed class OrganizationConnection
{
    public required string OrganizationId { get; init; }
    public required string ConnectionId { get; init; }

    /// <summary>A user who signs in through it becomes a member.</summary>
    public bool AssignMembershipOnLogin { get; set; }

    /// <summary>The login page offers the connection; only for identity providers.</summary>
    public bool ShowAsButton { get; set; } = true;

    /// <summary>
    /// Users may sign up in the connection, on the organization's login page; only for user databases.
    /// </summary>
    public bool IsSignupEnabled { get; set; }
    public bool IsEnabled { get; set; } = true;
}

/// <summary>A user who belongs to an organization.</summary>
public sealed class OrganizationMember
{
    public required string OrganizationId { get; init; }
    public required string UserId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Role that a member has only in one organization.</summary>
public sealed class OrganizationMemberRole
{
    public required string OrganizationId { get; init; }
    public required string UserId { get; init; }
    public required string RoleId { get; init; }
}

/// <summary>A client grant that may be used in an organization.</summary>
public sealed class OrganizationClientGrant
{
    public required string OrganizationId { get; init; }
    public required string ClientGrantId { get; init; }
}
