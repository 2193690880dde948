namespace AuthServer.Web.Management.Search;

/// <summary>A parsed query: conditions on fields, joined by AND, OR and NOT.</summary>
internal abstract record SearchExpression
{
    /// <summary>Each operand must hold.</summary>
    internal sealed record And(IReadOnlyList<SearchExpression> Operands) : SearchExpression;

    /// <summary>One of the operands must hold.</summary>
    internal sealed record Or(IReadOnlyList<SearchExpression> Operands) : SearchExpression;

    /// <summary>The operand must not hold.</summary>
    internal sealed record Not(SearchExpression Operand) : SearchExpression;
}

/// <summary>A condition on one field.</summary>
/// <param name="Field">The field; null for the resource's default fields.</param>
/// <param name="Condition">What its value must be.</param>
/// <param name="Position">Where the term begins in the query.</param>
internal sealed record SearchTerm(string? Field, SearchCondition Condition, int Position) : SearchExpression
{
    /// <summary>The refusal of this term.</summary>
    public Exception Error(string reason) => SearchErrors.At(Position, reason);
}

/// <summary>What the value of a field must be.</summary>
internal abstract record SearchCondition
{
    /// <summary>The same condition with its texts changed.</summary>
    public abstract SearchCondition Select(Func<string, string> change);

    /// <summary>The whole value, compared as it is.</summary>
    internal sealed record Exact(string Text) : SearchCondition
    {
        public override SearchCondition Select(Func<string, string> change) => new Exact(change(Text));
    }

    /// <summary>The literals in their order, with any characters where a <c>*</c> stood between them.</summary>
    internal sealed record Wildcard(IReadOnlyList<string> Literals) : SearchCondition
    {
        /// <summary>The only <c>*</c> is the last character.</summary>
        public bool IsPrefix => Literals is [_, ""];

        public override SearchCondition Select(Func<string, string> change) =>
            new Wildcard([.. Literals.Select(change)]);
    }

    /// <summary>Between two bounds; null for an open end.</summary>
    internal sealed record Range(SearchBound? From, SearchBound? To) : SearchCondition
    {
        public override SearchCondition Select(Func<string, string> change) =>
            new Range(Change(From, change), Change(To, change));

        private static SearchBound? Change(SearchBound? bound, Func<string, string> change) =>
            bound is null ? null : bound with { Text = change(bound.Text) };
    }

    /// <summary>Any value.</summary>
    internal sealed record Exists : SearchCondition
    {
        public override SearchCondition Select(Func<string, string> change) => this;
    }
}

/// <summary>One end of a range.</summary>
internal sealed record SearchBound(string Text, bool IsInclusive);
