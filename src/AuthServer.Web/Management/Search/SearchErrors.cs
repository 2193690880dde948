using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Search;

/// <summary>What is wrong with a query, and where.</summary>
internal static class SearchErrors
{
    /// <param name="index">Index of the character in the query.</param>
    /// <param name="reason">What is wrong there.</param>
    public static Exception At(int index, string reason) =>
        Query.Bad($"The search query string has an error at position {index + 1}: {reason}");
}
