namespace AuthServer.Web.Management.Blocks;

/// <summary>A user whom wrong passwords keep from signing in.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Email address or user name.</param>
/// <param name="Addresses">Where sign-in is refused.</param>
/// <param name="IsForNewDevices">Sign-in is refused from wherever the user did not sign in before.</param>
/// <param name="Until">When the last of these blocks ends.</param>
internal sealed record BlockedAccount(
    string UserId, string Name, IReadOnlyList<string> Addresses, bool IsForNewDevices, DateTimeOffset Until);

/// <summary>An address from which too many wrong passwords came, for whatever accounts.</summary>
/// <param name="Address">Under the name by which attempts are counted: of IPv6, the /64.</param>
/// <param name="Failures">How many there were.</param>
/// <param name="Until">When the block ends.</param>
internal sealed record BlockedAddress(string Address, int Failures, DateTimeOffset Until);
