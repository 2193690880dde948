namespace AuthServer.Core.Users;

/// <summary>What a sign-up does with a member of the profile.</summary>
public enum AttributeUse
{
    /// <summary>Users don't set it themselves.</summary>
    Inactive,

    /// <summary>No page asks for it, and an application may send it.</summary>
    Accepted,

    /// <summary>Pages ask for it, and users may leave it out.</summary>
    Optional,

    /// <summary>There is no sign-up without it.</summary>
    Required,
}
