namespace AuthServer.Core.Model;

/// <summary>A bundle of permissions that is given to users.</summary>
public sealed class Role
{
    /// <summary><c>rol_</c> and 16 letters and digits.</summary>
    public required string Id { get; init; }
    public required string Name { get; set; }
    public string Description { get; set; } = "";
    public List<RolePermission> Permissions { get; init; } = [];
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A scope of an API that a role permits.</summary>
public sealed class RolePermission
{
    public required string RoleId { get; init; }

    /// <summary>The API's identifier; stored form, <see cref="Tenants.Issuer.Stored"/>.</summary>
    public required string Audience { get; init; }
    public required string Name { get; init; }
}

/// <summary>A user who has a role.</summary>
public sealed class RoleMember
{
    public required string RoleId { get; init; }
    public required string UserId { get; init; }
}

/// <summary>A scope of an API that a user is permitted without a role.</summary>
public sealed class UserPermission
{
    public required string UserId { get; init; }

    /// <summary>The API's identifier; stored form.</summary>
    public required string Audience { get; init; }
    public required string Name { get; init; }
}
