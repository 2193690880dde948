using System.Linq.Expressions;
using AuthServer.Core.Users;

namespace AuthServer.Web.Management.Users;

/// <summary>Puts conditions on a user together, so that the database evaluates them.</summary>
internal static class Predicates
{
    public static Expression<Func<User, bool>> And(Expression<Func<User, bool>> left, Expression<Func<User, bool>> right) =>
        Expression.Lambda<Func<User, bool>>(Expression.AndAlso(left.Body, Inline(right, left.Parameters[0])), left.Parameters);

    public static Expression<Func<User, bool>> Or(Expression<Func<User, bool>> left, Expression<Func<User, bool>> right) =>
        Expression.Lambda<Func<User, bool>>(Expression.OrElse(left.Body, Inline(right, left.Parameters[0])), left.Parameters);

    public static Expression<Func<User, bool>> Not(Expression<Func<User, bool>> inner) =>
        Expression.Lambda<Func<User, bool>>(Expression.Not(inner.Body), inner.Parameters);

    /// <summary>A condition on one member.</summary>
    public static Expression<Func<User, bool>> On(Expression<Func<User, string?>> member, Expression<Func<string?, bool>> condition) =>
        Expression.Lambda<Func<User, bool>>(Inline(condition, member.Body), member.Parameters);

    private static Expression Inline(LambdaExpression lambda, Expression argument) => new Replacement(lambda.Parameters[0], argument).Visit(lambda.Body);

    private sealed class Replacement(ParameterExpression parameter, Expression argument) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? argument : base.VisitParameter(node);
    }
}
